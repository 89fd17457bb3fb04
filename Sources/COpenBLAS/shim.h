#include <cblas.h>

// LAPACK routines are part of the library and have no header there; they follow Fortran's calling convention.
void dposv_(const char *triangle, const int *order, const int *right_sides, double *matrix, const int *matrix_stride,
            double *values, const int *values_stride, int *status);
