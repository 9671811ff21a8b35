"""The editors' desk: behind a sign-in, in no cache and no index. `door` lets in and keeps count;
the other modules hang their pages on its blueprint."""
