package io.countersign.clients;

import com.aliyun.sts20150401.Client;
import com.aliyun.sts20150401.models.AssumeRoleRequest;
import com.aliyun.sts20150401.models.AssumeRoleWithOIDCRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import io.countersign.gateway.storage.Login;
import java.util.concurrent.Callable;

/** com.aliyun:sts20150401: RPC signature V1. */
final class TeaSts implements StsClient {
    private final Client client;

    /** @param endpoint host and port */
    TeaSts(String endpoint, Login login) {
        this.client = ask(() -> new Client(config(endpoint, login)));
    }

    static Config config(String endpoint, Login login) {
        Config config = new Config()
                .setAccessKeyId(login.id())
                .setAccessKeySecret(login.secret())
                .setEndpoint(endpoint)
                .setProtocol("http");
        login.securityToken().ifPresent(config::setSecurityToken);
        return config;
    }

    @Override
    public Session assumeRole(AssumeRoleArguments wish) {
        AssumeRoleRequest request = new AssumeRoleRequest()
                .setRoleArn(wish.roleArn())
                .setRoleSessionName(wish.session())
                .setDurationSeconds((long) wish.seconds());
        wish.policy().ifPresent(request::setPolicy);
        var made = ask(() -> client.assumeRole(request)).getBody().getCredentials();
        return Session.of(
                made.getAccessKeyId(), made.getAccessKeySecret(), made.getSecurityToken(), made.getExpiration());
    }

    @Override
    public Session assumeRoleWithOidc(AssumeRoleArguments wish, String token) {
        AssumeRoleWithOIDCRequest request = new AssumeRoleWithOIDCRequest()
                .setOIDCProviderArn(AssumeRoleArguments.providerArn())
                .setOIDCToken(token)
                .setRoleArn(wish.roleArn())
                .setRoleSessionName(wish.session())
                .setDurationSeconds((long) wish.seconds());
        var made = ask(() -> client.assumeRoleWithOIDC(request)).getBody().getCredentials();
        return Session.of(
                made.getAccessKeyId(), made.getAccessKeySecret(), made.getSecurityToken(), made.getExpiration());
    }

    @Override
    public String callerArn() {
        return ask(client::getCallerIdentity).getBody().getArn();
    }

    static <T> T ask(Callable<T> call) {
        try {
            return call.call();
        } catch (TeaException e) {
            int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
            throw new RefusedByServer(status, e.getCode(), e.getMessage());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
