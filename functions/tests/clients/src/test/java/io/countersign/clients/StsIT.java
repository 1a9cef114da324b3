package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's own clients of STS for Java. */
@ParameterizedClass
@EnumSource
@ExtendWith(WorldParameter.class)
class StsIT extends StsClientContract {
    /** By artifact. */
    enum Kind {
        STS20150401,
        TEA_OPENAPI,
        ALIYUN_JAVA_SDK_STS
    }

    private final Kind kind;
    private final World world;

    StsIT(Kind kind, World world) {
        this.kind = kind;
        this.world = world;
    }

    @Override
    World world() {
        return world;
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
