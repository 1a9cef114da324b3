package io.countersign.presign.uploads;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The calls that ask the storage at this moment. They wait for another machine, and other endpoints share their threads: so there are at most {@value #AT_ONCE} in a process and
 * {@value #OF_ONE_SUBJECT} of one subject, and one more is refused at once. Safe for any number of threads.
 */
final class StoragePlaces {
    static final int AT_ONCE = 8;

    /** As many requests as Uppy sends at once, by default. */
    static final int OF_ONE_SUBJECT = 6;

    private final Map<Subject, Integer> taken = new HashMap<>();
    private final Duration whole;
    private int all;

    /** @param whole how long a call may go on asking */
    StoragePlaces(Duration whole) {
        this.whole = whole;
    }

    /** @param provider the name of the provider of the account */
    record Subject(String accountId, String provider, String subject) {}

    /** A place, until it is closed. */
    final class Place implements AutoCloseable {
        private final Subject subject;
        private final long start = System.nanoTime();

        private Place(Subject subject) {
            this.subject = subject;
        }

        /** @throws StorageFault when the call has asked for long enough */
        void requireTime() throws StorageFault {
            if (System.nanoTime() - start >= whole.toNanos()) {
                throw new StorageFault(
                        StorageFault.Reason.UNAVAILABLE,
                        "the storage did not list the parts of an upload within " + whole.toSeconds() + " seconds");
            }
        }

        /** Gives the place back; is called once. */
        @Override
        public void close() {
            leave(subject);
        }
    }

    /** @throws StorageFault when there is no place */
    synchronized Place enter(Subject subject) throws StorageFault {
        int own = taken.getOrDefault(subject, 0);
        if (own >= OF_ONE_SUBJECT || all >= AT_ONCE) {
            throw new StorageFault(StorageFault.Reason.BUSY, "too many calls ask the storage");
        }
        taken.put(subject, own + 1);
        all++;
        return new Place(subject);
    }

    private synchronized void leave(Subject subject) {
        all--;
        int own = taken.getOrDefault(subject, 0) - 1;
        if (own > 0) {
            taken.put(subject, own);
        } else {
            taken.remove(subject);
        }
    }
}
