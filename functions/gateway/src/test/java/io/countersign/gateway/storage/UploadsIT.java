package io.countersign.gateway.storage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Through the packaged program, in front of each kind of store. */
@Tag("ceph")
@ParameterizedClass
@MethodSource("io.countersign.gateway.storage.StoreKind#tested")
@ExtendWith(PackagedStores.Parameter.class)
class UploadsIT extends UploadsContract {
    UploadsIT(StoreKind kind, PackagedStores stores) {
        super(stores.of(kind));
    }
}
