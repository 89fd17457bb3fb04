#ifndef XAI_TAB_LANES_H
#define XAI_TAB_LANES_H

// Sixteen numbers; on processors with narrower registers the compiler takes two or four of those.
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int bits __attribute__((vector_size(64), aligned(4)));
enum { LANES = 16 };

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

// What is below 0 becomes 0.
#define RECTIFIED(sum) ((lanes)(((sum) > 0) & (bits)(sum)))

#endif
