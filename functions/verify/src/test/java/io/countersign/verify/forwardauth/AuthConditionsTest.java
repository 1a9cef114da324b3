package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.AclWriter;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The condition values that a proxy can send, and those that stay unknown. */
class AuthConditionsTest extends AbstractAuthTest {
    private static final String VPC = VpcRule.HEADER;

    private int made;
    private final AuthFunction plain = function(settings(HeaderFamily.NGINX, AuthSettings.KeyRule.FILE, "127.0.0.1"));
    private final AuthFunction naming =
            function(settings(HeaderFamily.NGINX, AuthSettings.KeyRule.FILE, VpcRule.FROM_HEADER, "127.0.0.1"));

    private String bucket(String effect, String condition) {
        String statement = ("{'Effect':'" + effect
                        + "','Principal':['*'],'Action':['oss:*'],'Resource':['acs:oss:*:*:*']," + "'Condition':"
                        + condition + "}")
                .replace('\'', '"');
        return registry.governed("conditional-" + made++, statement);
    }

    private static ProxyCall get(String bucket, String client) {
        return ProxyCall.nginx(ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT))
                .with("X-Forwarded-For", client);
    }

    @Test
    void appliesADenyByTagsThatAreUnknown() {
        for (String key : new String[] {"oss:ExistingObjectTag/a", "oss:BucketTag/a", "acs:ResourceTag/a"}) {
            String bucket = bucket("Deny", "{'StringEquals':{'" + key + "':'b'}}");
            assertRefused(plain, get(bucket, "203.0.113.9"), 403, "AccessDenied");
        }
        String requested = bucket("Deny", "{'StringEquals':{'oss:RequestObjectTag/a':'b'}}");
        assertAllowed(plain, get(requested, "203.0.113.9"));
        ProxyCall tagging = ProxyCall.nginx(
                ClientRequest.put(requested, "k").query("tagging").signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertRefused(plain, tagging, 403, "AccessDenied");
    }

    @Test
    void treatsTheVpcAsAbsentOnlyBehindAPublicAddress() {
        String inside = bucket("Deny", "{'StringLike':{'acs:SourceVpc':'vpc-*'}}");
        assertAllowed(plain, get(inside, "203.0.113.9"));
        for (String address :
                new String[] {"10.0.0.9", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "unknown"}) {
            assertRefused(plain, get(inside, address), 403, "AccessDenied");
        }
    }

    @Test
    void aVpcIsThatWhichATrustedProxyNamesWhereItIsSetSo() {
        String alone = bucket("Deny", "{'StringNotEquals':{'acs:SourceVpc':'vpc-x'}}");
        ProxyCall call = get(alone, "10.0.0.9");
        assertAllowed(naming, call.with(VPC, "vpc-x"));
        assertRefused(naming, call.with(VPC, "vpc-y"), 403, "AccessDenied");
        assertRefused(naming, call, 403, "AccessDenied");
        assertRefused(plain, call.with(VPC, "vpc-x"), 403, "AccessDenied");
        assertRefused(naming, call.with(VPC, "vpc-x").from("198.51.100.7"), 403, "AccessDenied");
    }

    @Test
    void aSecondNameOfAVpcMayBeTheClientsOwn() {
        String open = bucket("Allow", "{'StringLike':{'acs:SourceVpc':'vpc-*'}}");
        ProxyCall call = get(open, "10.0.0.9").with(VPC, "vpc-x").with(VPC, "vpc-x");
        Reply reply = assertRefused(naming, call, 400, "InvalidArgument");
        assertThat(reply.body().utf8()).contains(VPC);
        assertRefused(naming, get(open, "10.0.0.9").with(VPC, "office"), 400, "InvalidArgument");
    }

    /** API Gateway's authorizer tells no more than a proxy does. */
    @Test
    void anAuthorizerJudgesAlike() throws StoreUnavailable {
        Authorizer authorizer = new Authorizer(
                registry.reader(),
                new AclWriter(registry.store),
                new UrlUses(registry.store),
                SessionOpener.NONE,
                new SigningKeys(16),
                BaseDomains.DEFAULT);
        String tagged = bucket("Deny", "{'StringEquals':{'oss:ExistingObjectTag/a':'b'}}");
        assertThat(authorizer
                        .judge(event(tagged, "203.0.113.9"), SampleRegistry.NOW)
                        .error())
                .isPresent();
        String inside = bucket("Deny", "{'StringLike':{'acs:SourceVpc':'vpc-*'}}");
        assertThat(authorizer
                        .judge(event(inside, "203.0.113.9"), SampleRegistry.NOW)
                        .error())
                .isEmpty();
        assertThat(authorizer
                        .judge(event(inside, "10.0.0.9"), SampleRegistry.NOW)
                        .error())
                .isPresent();
    }

    private static Authorizer.Event event(String bucket, String address) {
        VerifyRequest signed = ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        return new Authorizer.Event(
                "arn:aws:execute-api:eu-central-1:123456789012:api/prod/GET/" + bucket + "/k",
                "id",
                "GET",
                "/" + bucket + "/k",
                signed.headers().and("Host", "localhost"),
                Optional.of(address),
                true);
    }
}
