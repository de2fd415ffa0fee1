# Sourced by what starts a process with LibTorch: what it has to be told before it runs, unless it has been told otherwise.

# LibTorch's idle threads give the core back instead of spinning: broker, services and page share it.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}

# glibc keeps what LibTorch frees for its next arrays, instead of fetching every page anew from the kernel.
export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-268435456}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-1073741824}
export MALLOC_TOP_PAD_=${MALLOC_TOP_PAD_:-134217728}

# Two pools of memory for all threads: each thread that comes and goes with a fit would keep one of its own, of 100 MB and more.
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
