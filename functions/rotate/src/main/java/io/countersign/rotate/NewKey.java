package io.countersign.rotate;

import io.countersign.registry.store.Write;
import io.countersign.signing.AccessKey;
import java.util.List;

/**
 * A pair that an authority has made.
 *
 * @param with what must be written in the transaction that stores the pair: when it cannot be, the pair is another's to deal with
 */
record NewKey(AccessKey pair, List<Write> with) {
    NewKey {
        with = List.copyOf(with);
    }
}
