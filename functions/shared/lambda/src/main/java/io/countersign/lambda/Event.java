package io.countersign.lambda;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.countersign.json.Value;

/** What a Lambda is invoked with: any JSON, whole and in its order, read as strictly as a body of HTTP. */
@JsonDeserialize(using = EventReader.class)
public record Event(Value value) {}
