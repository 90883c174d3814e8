//! A request body that remembers whether the connection has taken it. As long as it has not, Meta cannot have acted
//! on the request, whatever happened to the connection.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// The bytes of a request, given out at once.
pub(super) struct WatchedBody {
    bytes: Option<Bytes>,
    was_taken: Arc<AtomicBool>,
}

/// The other end: tells whether the body went to the connection.
pub(super) struct Watch {
    has_body: bool,
    was_taken: Arc<AtomicBool>,
}

impl WatchedBody {
    pub(super) fn new(bytes: Bytes) -> (Self, Watch) {
        let was_taken = Arc::new(AtomicBool::new(false));
        let watch = Watch {
            has_body: !bytes.is_empty(),
            was_taken: Arc::clone(&was_taken),
        };
        let bytes = Some(bytes).filter(|bytes| !bytes.is_empty());
        (Self { bytes, was_taken }, watch)
    }
}

impl Watch {
    /// Whether anything of the body may have left. A call without a body changes nothing at Meta, so it never has.
    pub(super) fn was_taken(&self) -> bool {
        self.has_body && self.was_taken.load(Ordering::Acquire)
    }
}

impl Body for WatchedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let body = self.get_mut();
        body.was_taken.store(true, Ordering::Release);
        Poll::Ready(body.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
