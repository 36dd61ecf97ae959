using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class ConstantSequencesTests
{
    private const string Members = """
        private static readonly int[] Kinds = { 1, 2, 3 };
        private static readonly int[] Typed = new int[] { 1, 2 };
        private static readonly int[] Implicit = new[] { 1, 2 };
        private static readonly string[] Names = ["a", "b"];
        private static readonly List<int> Listed = new() { 1, 2 };
        private static readonly HashSet<string> Set = new HashSet<string>(StringComparer.Ordinal) { "a", "b" };
        private static IReadOnlyList<int> Fixed { get; } = [1, 2, 3];
        private static int[] Computed => [1, 2, 3];
        private readonly List<int> _filled = [];
        private readonly List<int> _created = new();
        private List<int> _loose = [1, 2];
        private const int Max = 3;
        """;

    [Theory]
    [InlineData("foreach (var x in new[] { 1, 2 }) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new int[] { 1, 2 }) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new int[3]) /*here*/Db.Query(x);", 3)]
    [InlineData("foreach (var x in (int[])[1, 2, 3]) /*here*/Db.Query(x);", 3)]
    [InlineData("int[] few = [1, 2, 3]; foreach (var x in few) /*here*/Db.Query(x);", 3)]
    [InlineData("int[] few = { 1, 2 }; foreach (var x in few) /*here*/Db.Query(x);", 2)]
    [InlineData("var few = new[] { 1, 2 }; var same = few; foreach (var x in same) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new List<int> { 1, 2 }) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new List<int>(4) { 1, 2 }) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new Dictionary<int, int> { [1] = 1, [2] = 2 }) /*here*/Db.Query(x.Key);", 2)]
    [InlineData("var few = new Dictionary<int, int> { { 1, 1 }, { 2, 2 } }; foreach (var x in few) /*here*/Db.Query(x.Key);", 2)]
    [InlineData("var few = new List<int> { 1, 2 }; foreach (var x in few) /*here*/Db.Query(x);", 2)]
    [InlineData("List<int> few = [1, 2]; foreach (var x in few) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in Kinds) /*here*/Db.Query(x);", 3)]
    [InlineData("foreach (var x in Typed) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in Implicit) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in Names) /*here*/Db.Query(x.Length);", 2)]
    [InlineData("foreach (var x in Listed) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in Set) /*here*/Db.Query(x.Length);", 2)]
    [InlineData("foreach (var x in Fixed) /*here*/Db.Query(x);", 3)]
    [InlineData("foreach (var x in Computed) /*here*/Db.Query(x);", 3)]
    [InlineData("foreach (var x in Enum.GetValues<Kind>()) /*here*/Db.Query((int)x);", 3)]
    [InlineData("foreach (Kind x in Enum.GetValues(typeof(Kind))) /*here*/Db.Query((int)x);", 3)]
    [InlineData("foreach (var x in Enum.GetNames<Kind>()) /*here*/Db.Query(x.Length);", 3)]
    [InlineData("foreach (var x in Enum.GetValues<Large>()) /*here*/Db.Query((int)x);", 6)]
    [InlineData("foreach (var x in Enumerable.Range(1, 3)) /*here*/Db.Query(x);", 3)]
    [InlineData("foreach (var x in Enumerable.Repeat(1, 2)) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new[] { 1, 2 }.Where(x => x > 1)) /*here*/Db.Query(x);", 2)]
    [InlineData("foreach (var x in new[] { 1, 2 }.Select(x => x + 1).ToList()) /*here*/Db.Query(x);", 2)]
    [InlineData("var all = new[] { 1, 2 }.Select(x => /*here*/Db.Query(x)).ToList();", 2)]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(x => /*here*/Db.QueryAsync(x)));", 2)]
    [InlineData("for (var i = 0; i < 3; i++) /*here*/Db.Query(i);", 3)]
    [InlineData("for (var i = 1; i <= 3; i++) /*here*/Db.Query(i);", 3)]
    [InlineData("for (var i = 3; i > 0; i--) /*here*/Db.Query(i);", 3)]
    [InlineData("for (var i = 3; i >= 0; i--) /*here*/Db.Query(i);", 4)]
    [InlineData("for (var i = 0; i < Max; i++) /*here*/Db.Query(i);", 3)]
    [InlineData("for (var i = 0; i < 1000; i++) /*here*/Db.Query(i);", 1000)]
    [InlineData("for (var i = 0; i <= int.MaxValue; i++) /*here*/Db.Query(i);", int.MaxValue)]
    [InlineData("for (var i = 0; i != int.MinValue; i--) /*here*/Db.Query(i);", int.MaxValue)]
    public void Counted(string code, int expected) => Assert.Equal(expected, FlowCode.In(code, members: Members).Innermost().ConstantCount);

    [Theory]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in new int[n]) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in new[,] { { 1, 2 }, { 3, 4 } }) /*here*/Db.Query(x);")]
    [InlineData("int[] many = [1, .. ids]; foreach (var x in many) /*here*/Db.Query(x);")]
    [InlineData("List<int> many = [1, 2]; many.AddRange(ids); foreach (var x in many) /*here*/Db.Query(x);")]
    [InlineData("List<int> many = []; foreach (var y in ids) many.Add(y); foreach (var x in many) /*here*/Db.Query(x);")]
    [InlineData("var many = new List<int> { 1 }; many.AddRange(ids); foreach (var x in many) /*here*/Db.Query(x);")]
    [InlineData("var many = new List<int> { 1 }; var same = many; many.AddRange(ids); foreach (var x in same) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in new List<int> { Capacity = 3 }) /*here*/Db.Query(x);")]
    [InlineData("var many = new Dictionary<int, int> { [1] = 1 }; foreach (var y in ids) many[y] = y; foreach (var x in many) /*here*/Db.Query(x.Key);")]
    [InlineData("foreach (var x in new List<int>(ids) { 1, 2 }) /*here*/Db.Query(x);")]
    [InlineData("int[] few = [1, 2]; if (n > 3) few = array; foreach (var x in few) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in _filled) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in _created) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in _loose) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in Enumerable.Range(0, n)) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in new[] { 1, 2 }.Concat(ids)) /*here*/Db.Query(x);")]
    [InlineData("foreach (var x in new[] { 1, 2 }.SelectMany(x => ids)) /*here*/Db.Query(x);")]
    [InlineData("for (var i = 0; i < n; i++) /*here*/Db.Query(i);")]
    [InlineData("for (var i = n; i < 3; i++) /*here*/Db.Query(i);")]
    public void Not_counted(string code) => Assert.Null(FlowCode.In(code, members: Members).Innermost().ConstantCount);
}
