package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.token.sts.StsFunction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls AssumeRole as a client of the server would, so that a command decides nothing by itself: signed with the key that the operator chose, from this machine. */
record AssumeRoleCall(OpenedData data, Settings settings, Tools tools) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int OK = 200;

    /** @throws CommandFailure with STS's code when it refuses */
    AssumedSession answer(TokenCommand asked, Optional<String> policy) throws CommandFailure, StoreUnavailable {
        Instant now = tools.now();
        ChosenKeys keys = ChosenKeys.in(data, settings, now);
        Call call = signed(parameters(asked, policy, now), keys.byId(asked.accessKey()));
        Reply reply = new StsFunction(
                        new BearerAuthenticator(keys.registry()), keys.registry(), data.store(), tools.random())
                .handle(call, now);
        try {
            Members members = Members.of(Values.parse(reply.body().utf8()));
            if (reply.status() != OK) {
                throw new CommandFailure(members.string("Code"), members.string("Message"));
            }
            return AssumedSession.read(Members.of(members.required("Credentials")));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("STS answers in JSON", e);
        }
    }

    private QueryParameters parameters(TokenCommand asked, Optional<String> policy, Instant now) {
        List<QueryParameter> parameters = new ArrayList<>();
        parameters.add(QueryParameter.of("Action", "AssumeRole"));
        parameters.add(QueryParameter.of("Version", "2015-04-01"));
        parameters.add(QueryParameter.of("Format", "JSON"));
        parameters.add(QueryParameter.of("RoleArn", asked.role()));
        parameters.add(QueryParameter.of("RoleSessionName", asked.sessionName()));
        asked.duration()
                .ifPresent(seconds -> parameters.add(QueryParameter.of("DurationSeconds", Integer.toString(seconds))));
        policy.ifPresent(text -> parameters.add(QueryParameter.of("Policy", text)));
        asked.externalId().ifPresent(id -> parameters.add(QueryParameter.of("ExternalId", id)));
        parameters.add(QueryParameter.of("AccessKeyId", asked.accessKey()));
        parameters.add(QueryParameter.of("SignatureMethod", "HMAC-SHA1"));
        parameters.add(QueryParameter.of("SignatureVersion", "1.0"));
        parameters.add(QueryParameter.of("SignatureNonce", EventIds.next(tools.random())));
        parameters.add(QueryParameter.of(
                "Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString()));
        return new QueryParameters(parameters);
    }

    private static Call signed(QueryParameters parameters, AccessKey key) {
        String signature = RpcSignature.sign(HttpMethod.POST, parameters, key.secret());
        String form = parameters.and("Signature", signature).encoded();
        List<Header> headers = List.of(new Header("Content-Type", "application/x-www-form-urlencoded"));
        return new Call("POST", "/", Optional.empty(), headers, Bytes.utf8(form), LOOPBACK, false);
    }
}
