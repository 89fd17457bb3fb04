// The library as a whole: one import brings all layers.
@_exported public import DataFrames
@_exported public import Images
@_exported public import Learning
@_exported public import ModelFiles
@_exported public import Networks
@_exported public import Presentation
@_exported public import Reports
@_exported public import Rules
@_exported public import Runs
@_exported public import Surrogates
@_exported public import Tensors
@_exported public import Trees
