// Compiled for the sake of its precompiled header; see cmake/precompile.cmake.
