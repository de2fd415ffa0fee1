/** What runs while a container image is built, and never in a container. */
package io.salient.deploy;
