package io.countersign.token;

import io.countersign.json.Value;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller of {@code /token} asks for.
 *
 * @param role a role's name or ARN
 * @param duration at least 15 minutes
 * @param policy narrows the session
 */
record TokenRequest(Optional<String> role, Optional<Duration> duration, Optional<Value> policy) {}
