/** What the ranking service can be told to do otherwise. */
package io.salient.ranking.settings;
