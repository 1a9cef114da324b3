package io.countersign.clients;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.aliyuncs.sts.model.v20150401.AssumeRoleRequest;
import com.aliyuncs.sts.model.v20150401.AssumeRoleWithOIDCRequest;
import com.aliyuncs.sts.model.v20150401.GetCallerIdentityRequest;
import io.countersign.gateway.storage.Login;

/** com.aliyun:aliyun-java-sdk-sts: RPC signature V1. */
final class CoreSts implements StsClient {
    private static final String REGION = "cn-hangzhou";

    private final String endpoint;
    private final IAcsClient client;

    /** @param endpoint host and port */
    CoreSts(String endpoint, Login login) {
        this.endpoint = endpoint;
        this.client = new DefaultAcsClient(
                login.securityToken().isEmpty()
                        ? DefaultProfile.getProfile(REGION, login.id(), login.secret())
                        : DefaultProfile.getProfile(
                                REGION,
                                login.id(),
                                login.secret(),
                                login.securityToken().get()));
    }

    @Override
    public Session assumeRole(AssumeRoleArguments wish) {
        AssumeRoleRequest request = new AssumeRoleRequest();
        request.setRoleArn(wish.roleArn());
        request.setRoleSessionName(wish.session());
        request.setDurationSeconds((long) wish.seconds());
        wish.policy().ifPresent(request::setPolicy);
        var made = ask(request).getCredentials();
        return Session.of(
                made.getAccessKeyId(), made.getAccessKeySecret(), made.getSecurityToken(), made.getExpiration());
    }

    @Override
    public String refusalOfSecret() {
        return "SDK.InvalidAccessKeySecret";
    }

    @Override
    public Session assumeRoleWithOidc(AssumeRoleArguments wish, String token) {
        AssumeRoleWithOIDCRequest request = new AssumeRoleWithOIDCRequest();
        request.setOIDCProviderArn(AssumeRoleArguments.providerArn());
        request.setOIDCToken(token);
        request.setRoleArn(wish.roleArn());
        request.setRoleSessionName(wish.session());
        request.setDurationSeconds((long) wish.seconds());
        var made = ask(request).getCredentials();
        return Session.of(
                made.getAccessKeyId(), made.getAccessKeySecret(), made.getSecurityToken(), made.getExpiration());
    }

    @Override
    public String callerArn() {
        return ask(new GetCallerIdentityRequest()).getArn();
    }

    private <T extends AcsResponse> T ask(RpcAcsRequest<T> request) {
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysEndpoint(endpoint);
        try {
            return client.getAcsResponse(request);
        } catch (ClientException e) {
            throw new RefusedByServer(0, e.getErrCode(), e.getErrMsg());
        }
    }
}
