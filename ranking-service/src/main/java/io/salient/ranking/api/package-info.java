/** REST resources and the shapes they answer with, which the command line prints as well. */
package io.salient.ranking.api;
