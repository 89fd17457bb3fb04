#ifndef XAI_TAB_LANES_H
#define XAI_TAB_LANES_H

// Sixteen numbers; on processors with narrower registers the compiler takes two or four of those.
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int bits __attribute__((vector_size(64), aligned(4)));
enum { LANES = 16 };

// Vectors are handed only to functions that are inlined, so that no calling convention is involved.
#pragma clang diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

// The sixteen numbers from `place` on, and their replacement.
#define AT(place) (*(const lanes *)(place))
#define SET(place) (*(lanes *)(place))

#if defined(__x86_64__)
#define AVX512 __attribute__((target("avx512f,avx512vl,fma")))
#define AVX2 __attribute__((target("avx2,fma")))
#define HAS_AVX512 (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl"))
#define HAS_AVX2 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#endif

// Defines xai_<name>, which does what the inlined <name> does with the widest registers that the processor has.
#if defined(__x86_64__)
#define DISPATCHED(name, parameters, arguments)                           \
  AVX512 static void name##_avx512 parameters { name arguments; }         \
  AVX2 static void name##_avx2 parameters { name arguments; }             \
  static void name##_any parameters { name arguments; }                   \
  void xai_##name parameters {                                            \
    if (HAS_AVX512) {                                                     \
      name##_avx512 arguments;                                            \
    } else if (HAS_AVX2) {                                                \
      name##_avx2 arguments;                                              \
    } else {                                                              \
      name##_any arguments;                                               \
    }                                                                     \
  }
#else
#define DISPATCHED(name, parameters, arguments) \
  void xai_##name parameters { name arguments; }
#endif

// What is below 0 becomes 0.
INLINE lanes rectified(lanes sum) { return (lanes)((sum > 0) & (bits)sum); }

#endif
