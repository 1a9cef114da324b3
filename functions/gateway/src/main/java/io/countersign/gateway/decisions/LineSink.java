package io.countersign.gateway.decisions;

/** A place for lines. It may block, and it may refuse what it is given, but it does not throw. For one thread. */
interface LineSink {
    /**
     * Writes as much as it can.
     *
     * @param length of the bytes, which are whole lines
     * @param seq the number of the first line
     * @return the number of bytes written; fewer than {@code length} when the rest was refused
     */
    int write(byte[] bytes, int length, long seq);

    /** After a refusal: only so many bytes of the last write are whole lines. The sink drops what follows them, or ends the line. */
    void cut(int whole);

    void close();
}
