namespace DbRules.Sql;

/// <summary>Words that the statement reader looks at. Those from <see cref="Abort"/> on are names wherever a name is expected.</summary>
public enum SqlKeyword
{
    /// <summary>No such word.</summary>
    None = 0,

    All, Alter, And, As, Asc, Between, By, Case, Collate, Create, Cross, Delete, Desc, Distinct, Drop, Else, End, Except, Exists, For, From,
    Full, Group, Having, In, Inner, Insert, Intersect, Into, Is, Join, Left, Like, Natural, Not, Null, On, Or, Order, Outer, Right, Select,
    Set, Then, Union, Update, Values, When, Where, With,

    Abort, Analyze, Any, Apply, Array, At, Begin, Break, Bulk, Call, Catch, Close, Comment, Commit, Concurrent, Continue, Copy, Count, Count_Big,
    Deallocate, Declare, Deferrable, Deferred, Describe, Distributed, Div, Do, Dumpfile, Escape, Exclusive, Exec, Execute, Explain, False, Fetch,
    First, Function, Glob, Go, Grant, If, Ilike, Immediate, Index, Isolation, Key, Last, Lateral, Limit, Load, Lock, Loop, Materialized, Merge, Minus,
    Mod, Next, NoLock, Nulls, Offset, Only, Open, Option, Outfile, Overlaps, Package, Percent, Pragma, Print, Proc, Procedure, RaisError, Read,
    ReadUncommitted, Regexp, Reindex, Release, Rename, Repeat, Replace, Return, Revoke, Rlike, Rollback, Row, RowNum, Rows, Save, Savepoint,
    Show, Similar, Some, Start, System_Time, Table, Throw, Ties, To, Top, Tran, Transaction, Trigger, True, Truncate, Try, Use, Using,
    Vacuum, WaitFor, While, Window, Work, Write, Xor,
}
