package io.countersign.gateway.storage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Through the packaged program, in front of each kind of store. */
@ParameterizedClass
@EnumSource
@ExtendWith(PackagedStores.Parameter.class)
class UploadsIT extends UploadsContract {
    UploadsIT(StoreKind kind, PackagedStores stores) {
        super(stores.of(kind));
    }
}
