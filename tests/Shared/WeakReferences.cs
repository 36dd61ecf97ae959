using Xunit;

namespace DbRules.Testing;

/// <summary>Whether anything still holds an object.</summary>
internal static class WeakReferences
{
    private const int MostCollections = 10;

    /// <summary>Fails when something holds the object.</summary>
    public static void AssertLetGo(this WeakReference reference)
    {
        for (int i = 0; reference.IsAlive && i < MostCollections; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(reference.IsAlive);
    }
}
