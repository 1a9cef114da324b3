package io.countersign.gateway.storage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Through the packaged program, in front of each kind of store. */
@ParameterizedClass
@EnumSource
@ExtendWith(PackagedStores.Parameter.class)
class UploadsIT extends UploadsContract {
    private final StoreKind kind;

    UploadsIT(StoreKind kind, PackagedStores stores) {
        super(stores.of(kind));
        this.kind = kind;
    }

    /** S3Proxy lists the parts of an upload that it does not know as none, where OSS and S3 say that there is no such upload. */
    @Override
    protected String ended() {
        return switch (kind) {
            case OSS -> super.ended();
            case S3 -> "UploadIncomplete";
        };
    }
}
