package io.countersign.gateway.decisions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** Keeps lines in memory. It can refuse bytes past a quota, and it can block. */
final class MemorySink implements LineSink {
    final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int quota = Integer.MAX_VALUE;
    private boolean closed;

    /** How many bytes it takes from now on. */
    synchronized void quota(int bytes) {
        quota = bytes;
    }

    @Override
    public int write(byte[] bytes, int length, long seq) {
        gate.acquireUninterruptibly();
        synchronized (this) {
            int taken = Math.min(length, quota);
            quota -= quota == Integer.MAX_VALUE ? 0 : taken;
            kept.write(bytes, 0, taken);
            return taken;
        }
    }

    /** As a file does. */
    @Override
    public synchronized void cut(int whole) {
        byte[] all = kept.toByteArray();
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        kept.reset();
        kept.write(all, 0, end);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.US_ASCII);
    }
}
