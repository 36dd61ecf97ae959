using System.Text;

namespace DbRules.Tests.Silence;

/// <summary>Sources for tests that ask only whether the rules survive and stay quiet.</summary>
internal static class SampleSources
{
    /// <summary>Embedded samples of a folder: <c>Quiet</c> has nothing to report, <c>Busy</c> is full of database calls.</summary>
    public static IEnumerable<(string Name, string Source)> Read(string folder)
    {
        foreach (string name in typeof(SampleSources).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.Replace('\\', '/').StartsWith($"Samples/{folder}/", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(typeof(SampleSources).Assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }

    /// <summary>One async method of about <paramref name="lines"/> lines, full of loops, branches and database calls.</summary>
    public static string LongMethod(int lines)
    {
        var code = new StringBuilder("class Long\n{\n    async Task Run(ShopContext db, DbConnection connection, List<Order> orders, CancellationToken ct)\n    {\n");
        for (int i = 0; i * 10 < lines; i++)
        {
            code.Append(
                $$"""
                        foreach (Order order{{i}} in orders)
                        {
                            Customer customer{{i}} = await db.Customers.FirstOrDefaultAsync(c => c.Id == order{{i}}.CustomerId, ct);
                            if (customer{{i}} is null)
                                continue;
                            string sql{{i}} = "select * from Payments where OrderId = " + order{{i}}.Id;
                            Payment[] payments{{i}} = (await connection.QueryAsync<Payment>(sql{{i}})).ToArray();
                            order{{i}}.Open = payments{{i}}.Length > {{i}};
                            await db.SaveChangesAsync(ct);
                        }

                """);
        }

        return code.Append("    }\n}\n").ToString();
    }

    /// <summary>Sources that nest, chain or recurse about as deep as the compiler itself still binds on a stack of 1.5 MB.</summary>
    public static IEnumerable<(string Name, string Source)> Deep()
    {
        yield return ("concatenation", Method("string sql = " + string.Join(" + ", Enumerable.Range(0, 5000).Select(i => $"\"part {i} \"")) + ";\nconnection.Execute(sql);"));
        yield return ("concatenation with values", Method("connection.Execute(" + string.Join(" + ", Enumerable.Range(0, 5000).Select(_ => "\"a\" + id")) + ");"));
        yield return ("arithmetic", Method("int sum = " + string.Join(" + ", Enumerable.Repeat("id", 5000)) + ";\ndb.Orders.Find(sum);"));
        yield return ("conditions", Method("if (" + string.Join(" || ", Enumerable.Range(0, 3000).Select(i => $"id == {i}")) + ")\n    db.Orders.Find(id);"));
        yield return ("interpolation", Method("connection.Execute($\"" + string.Concat(Enumerable.Repeat("{id},", 3000)) + "\");"));
        yield return ("blocks", Method(Nest(300, "{", "db.Orders.Find(id);", "}")));
        yield return ("loops", Method(Nest(100, "foreach (int x$ in ids) {", "db.Orders.Find(id);", "}")));
        yield return ("conditional statements", Method(Nest(150, "if (id > $) {", "db.Orders.Find(id);", "} else { db.SaveChanges(); }")));
        yield return ("try statements", Method(Nest(100, "try {", "db.Orders.Find(id);", "} finally { db.SaveChanges(); }")));
        yield return ("parentheses", Method("db.Orders.Find(" + new string('(', 300) + "id" + new string(')', 300) + ");"));
        yield return ("calls", Method("string text = " + string.Concat(Enumerable.Repeat("string.Concat(", 150)) + "\"a\"" + string.Concat(Enumerable.Repeat(", \"b\")", 150)) + ";\nconnection.Execute(text);"));
        yield return ("lambdas", Method(Nest(60, "Action f$ = () => {", "db.Orders.Find(id);", "};")));
        yield return ("query operators", Method("var all = db.Orders" + string.Concat(Enumerable.Range(0, 200).Select(i => $".Where(o => o.Id != {i})")) + ".ToList();"));
        yield return ("else-if chain", Method(string.Join(" else ", Enumerable.Range(0, 200).Select(i => $"if (id == {i}) {{ db.Orders.Find({i}); }}"))));
        yield return ("conditional expressions", Method("int next = " + string.Concat(Enumerable.Range(0, 300).Select(i => $"id == {i} ? {i} : ")) + "0;\ndb.Orders.Find(next);"));
        yield return ("local functions", Method(Nest(100, "void F$() {", "db.Orders.Find(id);", "}")));
        yield return ("call chain", CallChain(500));
    }

    /// <summary>Recursion in code, in types and in types that do not compile.</summary>
    public static IEnumerable<(string Name, string Source)> Recursive()
    {
        yield return ("method", "class C { int F(ShopContext db, int n) { foreach (int i in new[] { n }) F(db, db.Orders.Count() + i); return G(db, n); } int G(ShopContext db, int n) => F(db, n); }");
        yield return ("lambda", "class C { void F(ShopContext db) { Func<int, int> f = null!; f = n => db.Orders.Count() + f(n - 1); for (int i = 0; i < 9; i++) f(i); } }");
        yield return ("property", "class C { ShopContext Db => Db; int P { get { foreach (var o in Db.Orders) P = o.Id; return P; } set => P = value; } }");
        yield return ("interface", "interface I { int F(ShopContext db); } class A(I i) : I { public int F(ShopContext db) { while (true) i.F(db); } } class B(I i) : I { public int F(ShopContext db) => db.Orders.Count() + i.F(db); }");
        yield return ("growing generic", "class C<T> { void F(ShopContext db, int n) { foreach (var o in db.Orders) new C<C<T>>().F(db, o.Id); } }");
        yield return ("base cycle", "class A : B { void F(ShopContext db) { foreach (var o in db.Orders) db.Customers.Find(o.Id); } } class B : C { } class C : A { }");
        yield return ("interface cycle", "interface A : B { } interface B : A { void F(ShopContext db) { foreach (var o in db.Orders) db.Customers.Find(o.Id); } }");
        yield return ("constant cycle", "class C { const string A = B; const string B = A; void F(DbConnection c) { foreach (int i in new[] { 1 }) c.Execute(A + i); } }");
        yield return ("inference cycle", "class C { void F(ShopContext db) { foreach (var o in db.Orders) { var x = x.Find(x); var q = db.Orders.Where(w => q.Any(v => v.Id == w.Id)).ToList(); } } }");
        yield return ("query in terms of itself", "class C { void F(ShopContext db) { IQueryable<Order> q = db.Orders; while (true) { q = q.Where(o => q.Any(p => p.Id == o.Id)); q = G(q); } } IQueryable<Order> G(IQueryable<Order> q) => G(q.Take(1)); }");
        yield return ("entity cycle", "class Node { public int Id { get; set; } public Node Parent { get; set; } = null!; public List<Node> Children { get; set; } = null!; } class Db : DbContext { public DbSet<Node> Nodes { get; set; } = null!; void F(Node n) { foreach (var c in n.Children) { Nodes.Find(c.Parent.Id); F(c); } } }");
    }

    private static string Method(string body) =>
        $"class Deep\n{{\n    void Run(ShopContext db, DbConnection connection, List<int> ids, int id)\n    {{\n{body}\n    }}\n}}\n";

    /// <summary>Nests a pair of texts around a core; <c>$</c> becomes the depth.</summary>
    private static string Nest(int depth, string open, string core, string close)
    {
        var text = new StringBuilder();
        for (int i = 0; i < depth; i++)
            text.AppendLine(open.Replace("$", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        text.AppendLine(core);
        for (int i = 0; i < depth; i++)
            text.AppendLine(close);
        return text.ToString();
    }

    private static string CallChain(int length)
    {
        var text = new StringBuilder("class Chain(ShopContext db)\n{\n    public void Run(List<int> ids) { foreach (int id in ids) F0(id); }\n");
        for (int i = 0; i < length; i++)
            text.AppendLine($"    private Order? F{i}(int id) => F{i + 1}(id + {i});");
        return text.AppendLine($"    private Order? F{length}(int id) => db.Orders.Find(id);").AppendLine("}").ToString();
    }
}
