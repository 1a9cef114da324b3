package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's own clients of STS for Java. */
@ParameterizedClass
@EnumSource
@ExtendWith(ClientStorageParameter.class)
class StsIT extends StsClientContract {
    /** By artifact. */
    enum Kind {
        STS20150401,
        TEA_OPENAPI,
        ALIYUN_JAVA_SDK_STS
    }

    private final Kind kind;
    private final ClientStorage guarded;

    StsIT(Kind kind, ClientStorage guarded) {
        this.kind = kind;
        this.guarded = guarded;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    StsClient client(String endpoint, Login login) {
        return switch (kind) {
            case STS20150401 -> new TeaSts(endpoint, login);
            case TEA_OPENAPI -> new OpenApiSts(endpoint, login);
            case ALIYUN_JAVA_SDK_STS -> new CoreSts(endpoint, login);
        };
    }
}
