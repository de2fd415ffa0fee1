/**
 * The contract between the services: records (generated from {@code salient.avdl}), topic names,
 * byte layouts, serdes, and the settings every service shares. No logic.
 */
package io.salient.schemas;
