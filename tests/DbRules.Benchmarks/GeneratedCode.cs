namespace DbRules.Benchmarks;

/// <summary>C# text in the proportions of an application: most classes compute, some use a database.</summary>
internal static class GeneratedCode
{
    public const string Model = """
        using Microsoft.EntityFrameworkCore;

        namespace Generated;

        public sealed class Customer { public int Id { get; set; } public string Name { get; set; } = ""; public List<Order> Orders { get; } = []; }

        public sealed class Order { public int Id { get; set; } public int CustomerId { get; set; } public decimal Total { get; set; } public Customer? Customer { get; set; } }

        public sealed class ShopContext : DbContext { public DbSet<Customer> Customers => Set<Customer>(); public DbSet<Order> Orders => Set<Order>(); }
        """;

    /// <summary>The text of one file. Every fourth one uses a database.</summary>
    public static string Class(int index) => index % 4 == 0 ? Database(index) : Plain(index);

    private static string Database(int index) => $$"""
        using System.Data.Common;
        using Dapper;
        using Microsoft.EntityFrameworkCore;

        namespace Generated;

        public sealed class Store{{index}}(ShopContext db, DbConnection connection)
        {
            public async Task<decimal> SumAsync(List<int> ids, CancellationToken cancellation)
            {
                var sum = 0m;
                foreach (var id in ids)
                {
                    var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id, cancellation);
                    if (order is not null)
                        sum += order.Total;
                }

                return sum;
            }

            public async Task<List<string>> NamesAsync(List<int> ids, CancellationToken cancellation)
            {
                var customers = await db.Customers.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).Take(100).ToListAsync(cancellation);
                var names = new List<string>();
                foreach (var customer in customers)
                    names.Add(customer.Name);
                return names;
            }

            public List<Customer> Load(List<int> ids)
            {
                var found = new List<Customer>();
                foreach (var id in ids)
                    found.Add(connection.QuerySingle<Customer>("SELECT Id, Name FROM Customers WHERE Id = @id", new { id }));
                return found;
            }

            public int Count(IEnumerable<string> names)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT COUNT(*) FROM Customers WHERE Name = @name";
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@name";
                command.Parameters.Add(parameter);
                var count = 0;
                foreach (var name in names)
                {
                    parameter.Value = name;
                    count += Convert.ToInt32(command.ExecuteScalar());
                }

                return count;
            }
        }
        """;

    private static string Plain(int index) => $$"""
        namespace Generated;

        public sealed class Report{{index}}
        {
            private readonly Dictionary<string, List<int>> _groups = new();

            public void Add(string name, int value)
            {
                if (!_groups.TryGetValue(name, out var values))
                    _groups[name] = values = new List<int>();
                values.Add(value);
            }

            public int Total()
            {
                var total = 0;
                foreach (var (_, values) in _groups)
                {
                    foreach (var value in values)
                        total += value * {{index}};
                }

                return total;
            }

            public IReadOnlyList<string> Largest(int count) =>
                _groups.Where(g => g.Value.Count > 0).OrderByDescending(g => g.Value.Sum()).Take(count).Select(g => $"{g.Key}: {g.Value.Max()}").ToList();

            public string? Find(Func<string, bool> matches)
            {
                foreach (var name in _groups.Keys)
                {
                    try
                    {
                        if (matches(name))
                            return name.Trim().ToUpperInvariant();
                    }
                    catch (FormatException exception)
                    {
                        Console.Error.WriteLine(exception.Message);
                    }
                }

                return null;
            }
        }
        """;
}
