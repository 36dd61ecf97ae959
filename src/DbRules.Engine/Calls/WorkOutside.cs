namespace DbRules.Engine.Calls;

/// <summary>Whether code works on something other than a store. The words are ordered: code does the most that one of its parts does.</summary>
public enum WorkOutside
{
    /// <summary>It works on stores, or in memory.</summary>
    None,

    /// <summary>It may: what it calls stays in the program as a rule, or waits for a store of its own, such as a stream, a manager of users or a validator. Run twice, it may do it twice.</summary>
    Possible,

    /// <summary>It takes its time with a file, another service, or code that cannot be seen and hands out a task.</summary>
    Certain,
}

internal static class WorkOutsideExtensions
{
    /// <summary>What code does that does both.</summary>
    public static WorkOutside And(this WorkOutside one, WorkOutside other) => one > other ? one : other;
}
