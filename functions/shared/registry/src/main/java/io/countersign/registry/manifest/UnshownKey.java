package io.countersign.registry.manifest;

/**
 * An access key that an apply made and has not shown, because it ended before it could.
 *
 * @param accessKeyId its id
 * @param place where its secret was kept before it was made, as that apply named it
 */
public record UnshownKey(String accessKeyId, String place) {}
