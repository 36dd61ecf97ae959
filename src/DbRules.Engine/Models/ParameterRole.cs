namespace DbRules.Engine.Models;

/// <summary>What a parameter is for. A row names it as <c>role:parameter</c>; <c>this</c> is the receiver and <c>return</c> the result.</summary>
public enum ParameterRole
{
    /// <summary><c>sql</c>: SQL text.</summary>
    Sql,

    /// <summary><c>values</c>: the values of SQL parameters.</summary>
    Values,

    /// <summary><c>command</c>: an object that holds SQL, values, transaction and token together.</summary>
    Command,

    /// <summary><c>connection</c>: the connection or context that the call goes through.</summary>
    Connection,

    /// <summary><c>transaction</c>: the transaction that the call takes part in.</summary>
    Transaction,

    /// <summary><c>cancel</c>: the cancellation token.</summary>
    Cancel,

    /// <summary><c>source</c>: the query or sequence that the member works on.</summary>
    Source,

    /// <summary><c>predicate</c>: the filter of a terminal such as <c>First(predicate)</c>.</summary>
    Predicate,

    /// <summary><c>selector</c>: a projection.</summary>
    Selector,

    /// <summary><c>count</c>: the number of rows to take or to skip.</summary>
    Count,

    /// <summary><c>key</c>: the primary key values of a lookup such as <c>Find</c>.</summary>
    Key,

    /// <summary><c>entity</c>: the object that is staged.</summary>
    Entity,

    /// <summary><c>per-element</c>: a delegate that runs in memory once per element of <c>source</c>.</summary>
    PerElement,

    /// <summary><c>on-miss</c>: a delegate that runs only when a cache does not hold the key.</summary>
    OnMiss,

    /// <summary><c>acquires</c>: what the call hands out and somebody must release: <c>acquires:return</c>, <c>acquires:this</c>.</summary>
    Acquires,

    /// <summary><c>releases</c>: what the call releases.</summary>
    Releases,

    /// <summary><c>runs</c>: a delegate that runs once, or once for each retry, before the member or the task that it returns completes.</summary>
    Runs,

    /// <summary><c>request</c>: the object that the member hands to the handlers of its type.</summary>
    Request,

    /// <summary><c>keys</c>: a list of keys; one command asks for all of them.</summary>
    Keys,

    /// <summary><c>serializes</c>: an object that is written out with everything that its properties lead to.</summary>
    Serializes,

    /// <summary><c>buffered</c>: a flag; with it the call holds all rows in memory before it returns, without it they pass one by one.</summary>
    Buffered,

    /// <summary><c>strategy</c>: a delegate that makes what runs commands again; the type of what it makes decides whether they are.</summary>
    Strategy,

    /// <summary><c>lends</c>: what the call hands out while another object goes on owning it: <c>lends:return</c>.</summary>
    Lends,

    /// <summary><c>lifetime</c>: a value that says how long what is registered lives.</summary>
    Lifetime,

    /// <summary><c>input</c>: what somebody outside of the program chose, such as a part of a request: <c>input:return</c>.</summary>
    Input,

    /// <summary><c>answers</c>: a delegate that answers requests; it is given parts of them.</summary>
    Answers,
}
