package io.countersign.rotate.ram;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.ram20150501.Client;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.aliyun.ram20150501.models.ListAccessKeysRequest;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import com.aliyun.teaopenapi.models.Config;
import io.countersign.alibaba.Acs3Oracle;
import io.countersign.alibaba.Acs3Received;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares our four requests with those of Alibaba Cloud's own client, at the same server. */
class RamOracleTest {
    private static final String SECRET = "signerSecretsignerSecretsigner";

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
        for (Acs3Received request : ram.requests()) {
            Acs3Oracle.assertSignedAsTheirsDoes(request, signer.id(), SECRET);
        }
    }

    /** The last two requests are one. */
    private void alike() {
        assertThat(ram.requests()).hasSize(2);
        Acs3Oracle.assertAlike(ram.requests().get(0), ram.requests().get(1));
        ram.forget();
    }
}
