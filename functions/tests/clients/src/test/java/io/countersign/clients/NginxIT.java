package io.countersign.clients;

import com.aliyun.oss.common.comm.SignVersion;
import io.countersign.gateway.storage.FirstSdk;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** com.aliyun.oss:aliyun-sdk-oss at a store of plain files. */
@Tag("nginx")
@ParameterizedClass
@EnumSource
@ExtendWith(FileStoreParameter.class)
class NginxIT extends NginxContract {
    private final SignVersion version;

    NginxIT(SignVersion version, FileStore store) {
        super(store);
        this.version = version;
    }

    @Override
    String name() {
        return "first-" + version;
    }

    @Override
    StorageClient client(Login login) {
        return new FirstSdk(store.endpoint(), login, version);
    }
}
