package io.countersign.rotate.ram;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.ram20150501.Client;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.aliyun.ram20150501.models.ListAccessKeysRequest;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import com.aliyun.tea.TeaRequest;
import com.aliyun.teaopenapi.models.Config;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares our four requests with those of Alibaba Cloud's own client, at the same server. */
class RamOracleTest {
    private static final String SECRET = "signerSecretsignerSecretsigner";

    /** The parts that each client chooses: its transport, its time and its nonce. */
    private static final Set<String> OWN = Set.of(
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "http2-settings",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-acs-date",
            "x-acs-signature-nonce");

    private final RamServer ram = new RamServer(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final AccessKey signer = new AccessKey("LTAI5tSigner", Secret.of(SECRET));
    private final RamClient ours = ram.client();
    private final Client theirs;

    RamOracleTest() throws Exception {
        theirs = new Client(new Config()
                .setAccessKeyId(signer.id())
                .setAccessKeySecret(SECRET)
                .setEndpoint(ram.authority())
                .setProtocol("http"));
    }

    @AfterEach
    void stop() {
        ram.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app-signer", "a.b_c@d", "x"})
    void theFourRequestsAreTheirs(String user) throws Exception {
        ram.put(user, signer.id(), SECRET, Instant.EPOCH);
        String made = ours.create(user, signer).id();
        ram.remove(user, made);
        String theirMade =
                theirs.createAccessKey(new CreateAccessKeyRequest().setUserName(user)).body.accessKey.accessKeyId;
        alike();
        Listing listing = ours.list(user, signer);
        var theirListing =
                theirs.listAccessKeys(new ListAccessKeysRequest().setUserName(user)).body.accessKeys.accessKey;
        assertThat(listing.keys())
                .extracting(Listing.ListedKey::id)
                .containsExactlyElementsOf(
                        theirListing.stream().map(key -> key.accessKeyId).toList());
        assertThat(listing.keys())
                .extracting(key -> key.createdAt().toString())
                .containsExactlyElementsOf(
                        theirListing.stream().map(key -> key.createDate).toList());
        alike();
        ours.deactivate(user, theirMade, signer);
        theirs.updateAccessKey(new UpdateAccessKeyRequest()
                .setUserName(user)
                .setUserAccessKeyId(theirMade)
                .setStatus("Inactive"));
        alike();
        ours.delete(user, theirMade, signer);
        ram.put(user, theirMade, "s", Instant.EPOCH);
        theirs.deleteAccessKey(new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(theirMade));
        alike();
    }

    @Test
    void theirSignerSignsOurRequestsAsOursDid() throws Exception {
        ram.put("app-signer", signer.id(), SECRET, Instant.EPOCH);
        ours.list("app-signer", signer);
        ours.delete("app-signer", "LTAI5tGone~ *+/=", signer);
        for (RamServer.Request request : ram.requests()) {
            TeaRequest theirRequest = new TeaRequest();
            theirRequest.method = "POST";
            theirRequest.pathname = "/";
            theirRequest.query.putAll(request.parameters());
            Map<String, String> headers = new TreeMap<>(request.headers());
            String sent = headers.remove("authorization");
            theirRequest.headers.putAll(headers);
            String payload = headers.get("x-acs-content-sha256");
            String signed = com.aliyun.openapiutil.Client.getAuthorization(
                    theirRequest, "ACS3-HMAC-SHA256", payload, signer.id(), SECRET);
            // Theirs signs a content type as well where one was sent; nothing else tells the two apart.
            assertThat(headers).doesNotContainKey("content-type");
            assertThat(sent).isEqualTo(signed);
        }
    }

    /** The last two requests are one, but for what each client chooses for itself. */
    private void alike() {
        RamServer.Request our = ram.requests().get(0);
        RamServer.Request their = ram.requests().get(1);
        assertThat(ram.requests()).hasSize(2);
        assertThat(our.action()).isEqualTo(their.action());
        assertThat(our.parameters()).isEqualTo(their.parameters());
        assertThat(our.body()).isEqualTo(their.body());
        assertThat(chosenForRam(our)).isEqualTo(chosenForRam(their));
        assertThat(our.headers().keySet()).contains("x-acs-date", "x-acs-signature-nonce");
        assertThat(signedHeaders(our)).isEqualTo(signedHeaders(their));
        ram.forget();
    }

    private static Map<String, String> chosenForRam(RamServer.Request request) {
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.keySet().removeAll(OWN);
        return headers;
    }

    private static Set<String> signedHeaders(RamServer.Request request) {
        String authorization = request.headers().getOrDefault("authorization", "");
        String names = authorization.replaceFirst(".*SignedHeaders=", "").replaceFirst(",.*", "");
        assertThat(names).contains("host");
        return new TreeSet<>(Set.of(names.split(";")));
    }
}
