/** How answers look to a browser: security headers, freshness of the page, problems. */
package io.salient.security.http;
