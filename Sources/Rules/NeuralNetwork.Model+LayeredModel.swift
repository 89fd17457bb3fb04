public import Networks

extension NeuralNetwork.Model: LayeredModel {}
