//! What the program asks of its allocator.

use std::hint::black_box;

/// Bytes up to which freed memory is kept; the most that glibc takes.
const KEPT: usize = (32 << 20) - (64 << 10);

/// Keeps freed memory for the next stage. glibc gives a large block back to the system as soon as it is freed, and the
/// next stage then waits for new pages, until a larger block has been freed once: from then on it keeps blocks up to that
/// size. This one is never written to, and costs two system calls; other allocators are none the wiser.
pub fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity(KEPT)));
}
