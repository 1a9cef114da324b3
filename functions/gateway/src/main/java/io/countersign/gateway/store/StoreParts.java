package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.ByteBudget;

/**
 * What the requests of a store port share.
 *
 * @param disk the bytes that bodies may take on the disk at any moment
 */
record StoreParts(StoreJudge judge, UpstreamClients clients, UpstreamSettings settings, ByteBudget disk) {}
