/** How an option of the command line becomes a value of the configuration, in one way. */
package io.salient.standalone.settings;
