CREATE TABLE "tallies" (
	"what" text NOT NULL,
	"state" text NOT NULL,
	"shard" integer NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "tallies_what_state_shard_pk" PRIMARY KEY("what","state","shard")
);