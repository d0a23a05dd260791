cd /work/add/C/api; /work/cov/debug/tandem run $1 2>&1 | head -${2:-30}
