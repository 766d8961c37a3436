/** How a function gets into its database. */
export type Login =
  /** A plain URL: emulators and the embedded runtime. */
  | { kind: 'url'; url: string }
  /** The ARN of a secret that holds a URL, or JSON as RDS writes it. */
  | { kind: 'secret'; secretArn: string }
  /** As a role that has `rds_iam`, by a token that is signed here. */
  | { kind: 'iam'; host: string; port: number; database: string; user: string };
