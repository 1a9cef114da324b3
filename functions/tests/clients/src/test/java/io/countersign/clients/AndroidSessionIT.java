package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.sdk.android.oss.common.auth.OSSAuthCredentialsProvider;
import com.alibaba.sdk.android.oss.common.auth.OSSCredentialProvider;
import com.alibaba.sdk.android.oss.common.auth.OSSFederationCredentialProvider;
import com.alibaba.sdk.android.oss.common.auth.OSSFederationToken;
import com.alibaba.sdk.android.oss.common.auth.OSSStsTokenCredentialProvider;
import com.alibaba.sdk.android.oss.common.utils.DateUtil;
import com.alibaba.sdk.android.oss.signer.SignVersion;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Android SDK with sessions, and its ways of coming by them (docs/protocol.md 5.1, 5.2, 5.6). */
@ParameterizedClass
@EnumSource
@ExtendWith(ClientStorageParameter.class)
class AndroidSessionIT extends SessionContract {
    private final SignVersion version;
    private final ClientStorage guarded;

    AndroidSessionIT(SignVersion version, ClientStorage guarded) {
        this.version = version;
        this.guarded = guarded;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    StorageClient client(Login session) {
        return client(new OSSStsTokenCredentialProvider(
                session.id(), session.secret(), session.securityToken().orElseThrow()));
    }

    private StorageClient client(OSSCredentialProvider provider) {
        return new AndroidSdk(guarded.storage.endpoint(), provider, version);
    }

    @Test
    void theAuthProviderFetchesASessionOnceAndWorks() {
        AtomicInteger fetched = new AtomicInteger();
        OSSAuthCredentialsProvider provider =
                new OSSAuthCredentialsProvider(Phone.of(guarded, "erin").tokenUrlWithToken(900));
        provider.setDecoder(answer -> {
            fetched.incrementAndGet();
            return answer;
        });
        try (StorageClient client = client(provider)) {
            client.put(BUCKET, "users/erin/a.txt", "hello");
            assertThat(client.get(BUCKET, "users/erin/a.txt")).isEqualTo("hello");
            refused("AccessDenied", () -> client.get(BUCKET, "users/carol/a.txt"));
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void theAuthProviderFetchesANewSessionBeforeTheOldOneEnds() {
        guarded.clock.set(Duration.ofMinutes(-12));
        OSSAuthCredentialsProvider provider =
                new OSSAuthCredentialsProvider(Phone.of(guarded, "erin").tokenUrlWithToken(900));
        try (StorageClient client = client(provider)) {
            client.put(BUCKET, "users/erin/b.txt", "first");
            String ended = provider.getCachedToken().getTempAK();
            guarded.clock.set(Duration.ofMinutes(-3));
            assertThat(client.get(BUCKET, "users/erin/b.txt")).isEqualTo("first");
            assertThat(provider.getCachedToken().getTempAK()).isNotEqualTo(ended);
        }
    }

    @Test
    void theAuthProviderSaysWhyThereIsNoSession() {
        String url = Phone.of(guarded, "erin").tokenUrlWithToken(900);
        try (StorageClient spoiled = client(new OSSAuthCredentialsProvider(url + "x"));
                StorageClient endless = client(new OSSAuthCredentialsProvider(url.replace("=900", "=43200")))) {
            assertThatThrownBy(() -> spoiled.get(BUCKET, "users/erin/a.txt"))
                    .hasMessageContaining("ErrorCode: InvalidToken");
            assertThatThrownBy(() -> endless.get(BUCKET, "users/erin/a.txt"))
                    .hasMessageContaining("ErrorCode: ")
                    .hasMessageContaining("ErrorMessage: ");
        }
    }

    @Test
    void theFederationProviderWorksWithWhatTheAppFetchedItself() {
        Phone phone = Phone.of(guarded, "erin");
        OSSFederationCredentialProvider provider = new OSSFederationCredentialProvider() {
            @Override
            public OSSFederationToken getFederationToken() {
                Session session = phone.session(900);
                return new OSSFederationToken(
                        session.login().id(),
                        session.login().secret(),
                        session.login().securityToken().orElseThrow(),
                        session.expiration().toString());
            }
        };
        try (StorageClient client = client(provider)) {
            client.put(BUCKET, "users/erin/c.txt", "hello");
            String first = provider.getCachedToken().getTempAK();
            assertThat(client.get(BUCKET, "users/erin/c.txt")).isEqualTo("hello");
            assertThat(provider.getCachedToken().getTempAK()).isEqualTo(first);
            refused("AccessDenied", () -> client.put(BUCKET, "users/carol/c.txt", "hello"));
        }
    }

    @Test
    void aPhoneWhoseClockIsWrongIsCorrectedByTheServersDate() {
        guarded.clock.set(Duration.ofMinutes(40));
        try (StorageClient client = new AndroidSdk(
                guarded.storage.endpoint(),
                new OSSAuthCredentialsProvider(Phone.of(guarded, "erin").tokenUrlWithToken(3_600)),
                version,
                1)) {
            client.put(BUCKET, "users/erin/d.txt", "hello");
            assertThat(client.get(BUCKET, "users/erin/d.txt")).isEqualTo("hello");
        } finally {
            // The SDK keeps the difference for the whole process.
            DateUtil.setCurrentServerTime(System.currentTimeMillis());
        }
    }
}
