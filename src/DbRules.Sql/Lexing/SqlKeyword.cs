namespace DbRules.Sql;

/// <summary>Words that the statement reader looks at. Those from <see cref="Abort"/> on are names wherever a name is expected.</summary>
public enum SqlKeyword : byte
{
    /// <summary>No such word.</summary>
    None = 0,

    All, Alter, And, As, Asc, Between, By, Case, Collate, Create, Cross, Delete, Desc, Distinct, Drop, Else, End, Except, Exists, For, From,
    Full, Group, Having, In, Inner, Insert, Intersect, Into, Is, Join, Left, Like, Natural, Not, Null, On, Or, Order, Outer, Right, Select,
    Set, Then, Union, Update, Values, When, Where, With,

    Abort, Analyze, Any, Apply, Array, At, Attach, Backup, Begin, Break, Bulk, Call, Cast, Catch, Check, Close, Cluster, Comment, Commit, Concurrent,
    Conflict, Constraint, Continue, Copy, Count, Count_Big, Dbcc, Deallocate, Declare, Default, Deferrable, Deferred, Describe, Detach, Discard,
    Distributed, Div, Do, Dumpfile, Duplicate, Escape, Exclusive, Exec, Execute, Explain, False, Fetch, Filter, First, Flush, Function, Glob, Global,
    Go, Grant, If, Ignore, Ilike, Immediate, Index, Interval, IsNull, Isolation, Key, Kill, Last, Lateral, Limit, Listen, Load, Lock, Loop,
    Low_Priority, Match, Matched, Materialized, Merge, Minus, Mod, Next, NoLock, Nothing, Notify, NotNull, Nulls, Offset, Only, Open, Optimize,
    Option, Ordinality, Outfile, Output, Over, Overlaps, Overriding, Package, Partition, Percent, Perform, Pragma, Prepare, Print, Prior, Proc,
    Procedure, Quick, Raise, RaisError, Read, ReadUncommitted, Recursive, Refresh, Regexp, Reindex, Release, Rename, Repeat, Replace, Reset, Restore,
    Return, Returning, Revoke, Rlike, Rollback, Rollup, Row, RowNum, Rows, Save, Savepoint, Share, Show, Similar, Some, Start, Straight_Join,
    Symmetric, System_Time, Table, TableSample, Temp, Temporary, Throw, Ties, Time, To, Top, Tran, Transaction, Trigger, True, Truncate, Try, Unique,
    Unlisten, Unlock, Unlogged, Use, Using, Vacuum, Value, View, WaitFor, While, Window, Within, Without, Work, Write, Xor, Zone,
}
