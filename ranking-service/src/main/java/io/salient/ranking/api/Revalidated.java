package io.salient.ranking.api;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Answers that depend on nothing but the view of results carry an ETag, and may be 304. */
@NameBinding
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Revalidated {
  /** True where an answer that names a run depends on the results of that run alone. */
  boolean byRun() default false;
}
