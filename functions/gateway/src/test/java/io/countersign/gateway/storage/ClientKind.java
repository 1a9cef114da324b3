package io.countersign.gateway.storage;

/** The SDKs and signature versions that people use. */
public enum ClientKind {
    SDK_V1 {
        @Override
        public BackedClient client(String endpoint, Login login) {
            return new FirstSdk(endpoint, login, com.aliyun.oss.common.comm.SignVersion.V1);
        }
    },
    SDK_V2 {
        @Override
        public BackedClient client(String endpoint, Login login) {
            return new FirstSdk(endpoint, login, com.aliyun.oss.common.comm.SignVersion.V2);
        }
    },
    SDK_V4 {
        @Override
        public BackedClient client(String endpoint, Login login) {
            return new FirstSdk(endpoint, login, com.aliyun.oss.common.comm.SignVersion.V4);
        }
    },
    SECOND_SDK_V1 {
        @Override
        public BackedClient client(String endpoint, Login login) {
            return new SecondSdk(endpoint, login, "v1");
        }
    },
    SECOND_SDK_V4 {
        @Override
        public BackedClient client(String endpoint, Login login) {
            return new SecondSdk(endpoint, login, "v4");
        }
    };

    public abstract BackedClient client(String endpoint, Login login);
}
