package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import java.time.Instant;

/** A session as a client of STS hands it over. */
record Session(Login login, Instant expiration) {
    static Session of(String id, String secret, String token, String expiration) {
        return new Session(new Login(id, secret, token), Instant.parse(expiration));
    }
}
