package io.countersign.clients;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.Map;

/** An app in the hands of a user who has logged in: what it asks the gateway for. */
final class Phone {
    private final ClientStorage guarded;
    private final String bearer;
    private final HttpClient http = HttpClient.newHttpClient();

    private Phone(ClientStorage guarded, String bearer) {
        this.guarded = guarded;
        this.bearer = bearer;
    }

    /** Logs in, at the gateway's time. */
    static Phone of(ClientStorage guarded, String subject) {
        try {
            return new Phone(guarded, guarded.tokens.of(subject, guarded.clock.instant()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String bearer() {
        return bearer;
    }

    /** {@code /token} for clients that send headers. */
    String tokenUrl(int seconds) {
        return guarded.gateway.url() + "/token?durationSeconds=" + seconds;
    }

    /** {@code /token} for clients that send none. */
    String tokenUrlWithToken(int seconds) {
        return tokenUrl(seconds) + "&access_token=" + bearer;
    }

    /** A FederationToken. */
    Session session(int seconds) {
        Map<String, Value> answer = json(send(request(tokenUrl(seconds)).GET()));
        if (!(answer.get("StatusCode") instanceof Value.NumberValue(var at, var status)) || !status.equals("200")) {
            throw new AssertionError(answer);
        }
        return Session.of(
                NodeClients.text(answer.get("AccessKeyId")),
                NodeClients.text(answer.get("AccessKeySecret")),
                NodeClients.text(answer.get("SecurityToken")),
                NodeClients.text(answer.get("Expiration")));
    }

    /** The answer of {@code /sign-content}, with any status. */
    HttpResponse<String> sign(String content) {
        return send(request(guarded.gateway.url() + "/sign-content")
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(content)));
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + bearer);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Value> json(HttpResponse<String> answer) {
        try {
            return ((Value.ObjectValue) Values.parse(answer.body())).members();
        } catch (InvalidDocumentException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
