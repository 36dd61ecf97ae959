using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Calls that DBR102 reports, and for which no method of the type surely gives the same for all keys.</summary>
public sealed class CallPerElementNoFixTests
{
    private const string One = "public Customer? Get(int id) => db.Customers.FirstOrDefault(c => c.Id == id);";

    private const string Many = "public Dictionary<int, Customer> GetMany(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id);";

    private const string Loop = "foreach (var order in orders)\n            Print(store.{|DBR102:Get|}(order.CustomerId));";

    [Theory]
    [InlineData("")]
    [InlineData("private Dictionary<int, Customer> GetMany(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id);")]
    [InlineData("[Obsolete] public Dictionary<int, Customer> GetMany(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id);")]
    [InlineData("public Dictionary<long, Customer> GetMany(List<long> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => (long)c.Id);")]
    [InlineData("public Dictionary<int, string> GetMany(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id, c => c.Name);")]
    [InlineData("public async Task<Dictionary<int, Customer>> GetMany(List<int> ids) => await db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id);")]
    [InlineData("public Dictionary<int, Customer> GetMany(List<int> ids, bool active) => db.Customers.Where(c => c.Active == active && ids.Contains(c.Id)).ToDictionary(c => c.Id);")]
    [InlineData("public Dictionary<int, Customer> GetMany(List<int> ids) => ids.ToDictionary(id => id, id => new Customer());")]
    [InlineData("public Dictionary<int, Customer> GetMany(List<int> ids) { db.SaveChanges(); return db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id); }")]
    [InlineData("public List<Customer> Newest(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToList();")]
    [InlineData("public List<Customer> GetByCountries(List<int> countries) => db.Customers.Where(c => countries.Contains(c.CountryId)).ToList();")]
    public Task No_method_that_takes_all_keys(string other) => NoFix(One, other, Loop);

    [Theory]
    [InlineData("db.Customers.Where(c => ids.Contains(c.Id) && c.Active).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.Include(\"Country\").Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).Take(100).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.Where(c => !ids.Contains(c.Id)).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.Where(c => ids.Contains(c.Id) || c.Active).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.Where(c => ids.Contains(c.CountryId)).ToDictionary(c => c.Id)")]
    [InlineData("db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.CountryId)")]
    [InlineData("db.Customers.Where(c => ids.Contains(c.Id)).ToList().Where(c => c.Active).ToDictionary(c => c.Id)")]
    [InlineData("Other(db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id))")]
    [InlineData("new ShopContext().Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id)")]
    public Task A_method_that_selects_otherwise(string query) => NoFix(
        One, $"public Dictionary<int, Customer> GetMany(List<int> ids) => {query};\n\n    private static T Other<T>(T value) => value;", Loop);

    [Theory]
    [InlineData("db.Customers.FirstOrDefault(c => c.Id == id && c.Active)")]
    [InlineData("db.Customers.FirstOrDefault(c => c.Id >= id)")]
    [InlineData("db.Customers.FirstOrDefault(c => c.CountryId == id)")]
    [InlineData("db.Customers.First(c => c.Id == id)")]
    [InlineData("db.Customers.FirstOrDefault(c => c.Id == id) ?? new Customer()")]
    [InlineData("db.Customers.FirstOrDefault(c => c.Id == id) ?? throw new KeyNotFoundException()")]
    [InlineData("db.Customers.FirstOrDefault(c => c.Id == id + 1)")]
    public Task A_called_method_that_does_more(string query) => NoFix($"public Customer? Get(int id) => {query};", Many, Loop);

    [Theory]
    [InlineData("public Customer Get(int id) => db.Customers.First(c => c.Id == id);")]
    [InlineData("public Customer Get(int id) => db.Customers.FirstOrDefault(c => c.Id == id)!;")]
    [InlineData("public Customer? Get(int id)\n    {\n        Console.WriteLine(id);\n        return db.Customers.Find(id);\n    }")]
    [InlineData("public Customer? Get(int id)\n    {\n        var country = db.Countries.FirstOrDefault();\n        return db.Customers.Find(id);\n    }")]
    public Task A_called_method_whose_answer_is_another(string one) => NoFix(one, Many, Loop);

    [Theory]
    [InlineData("foreach (var order in orders)\n        {\n            try { Print(store.{|DBR102:Get|}(order.CustomerId)); }\n            catch (DbException) { Print(order); }\n        }")]
    [InlineData("foreach (var order in orders)\n        {\n            order.CustomerId++;\n            Print(store.{|DBR102:Get|}(order.CustomerId));\n        }")]
    [InlineData("foreach (var order in orders)\n        {\n            var own = new Store(new ShopContext());\n            Print(own.{|DBR102:Get|}(order.CustomerId));\n        }")]
    [InlineData("foreach (var order in orders)\n            Print(store.{|DBR102:Get|}(order.CustomerId + 1));")]
    [InlineData("foreach (var order in orders)\n            Print(store.{|DBR102:Get|}(order.Number.IndexOf('7')));")]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n            Print(store.{|DBR102:Get|}(orders[i].CustomerId));")]
    [InlineData("orders.ForEach(order => Print(store.{|DBR102:Get|}(order.CustomerId)));")]
    [InlineData("foreach (var order in orders)\n        {\n            var customer = store.{|DBR102:Get|}(order.CustomerId);\n            db.SaveChanges();\n            Print(customer);\n        }")]
    [InlineData("foreach (var order in orders)\n        {\n            Print(store.{|DBR102:Get|}(order.CustomerId));\n            Save();\n        }")]
    [InlineData("foreach (var order in orders)\n            foreach (var line in order.Lines)\n                Print(store.{|DBR102:Get|}(line.ProductId));")]
    [InlineData("foreach (var order in orders)\n        {\n            // The buyer.\n            Print(store. /* slow */ {|DBR102:Get|}(order.CustomerId));\n        }")]
    public Task A_loop_that_needs_each_call(string statements) => NoFix(One, Many, statements);

    [Fact]
    public Task Rows_that_nobody_tracks_and_the_loop_changes() => NoFix(
        One.Replace("Customers.", "Customers.AsNoTracking()."),
        Many.Replace("Customers.", "Customers.AsNoTracking()."),
        "foreach (var order in orders)\n        {\n            var customer = store.{|DBR102:Get|}(order.CustomerId)!;\n            customer.Name += order.Number;\n        }");

    [Fact]
    public Task Two_methods_that_fit_alike() => NoFix(One, Many + "\n\n    " + Many.Replace("GetMany", "GetBatch"), Loop);

    [Fact]
    public Task A_task_that_is_kept() => NoFix(
        "public Task<Customer?> Get(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);",
        "public Task<Dictionary<int, Customer>> GetMany(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id);",
        "var tasks = new List<Task<Customer?>>();\n        foreach (var order in orders)\n            tasks.Add(store.{|DBR102:Get|}(order.CustomerId));");

    [Fact]
    public Task One_of_two_implementations_that_selects_otherwise() => RunAsync(
        """
        public interface IStore { Customer? Get(int id); Dictionary<int, Customer> GetMany(List<int> ids); }

        public sealed class Store(ShopContext db) : IStore
        {
            public Customer? Get(int id) => db.Customers.FirstOrDefault(c => c.Id == id);
            public Dictionary<int, Customer> GetMany(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id);
        }

        public sealed class Filtered(ShopContext db) : IStore
        {
            public Customer? Get(int id) => db.Customers.FirstOrDefault(c => c.Id == id);
            public Dictionary<int, Customer> GetMany(List<int> ids) => db.Customers.Where(c => c.Active && ids.Contains(c.Id)).ToDictionary(c => c.Id);
        }

        public sealed class Report(IStore store)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(store.{|DBR102:Get|}(order.CustomerId));
            }
        }
        """);

    private static Task NoFix(string one, string many, string statements)
    {
        string source =
            $$"""
            public sealed class Store(ShopContext db)
            {
                {{one}}

                {{many}}
            }

            public sealed class Report(Store store, ShopContext db)
            {
                public void Run(List<Order> orders)
                {
                    {{statements}}
                }

                private void Save() => db.SaveChanges();

                private static void Print(object? value) { }
            }
            """;
        return RunAsync(source);
    }

    private static Task RunAsync(string source) => new CSharpCodeFixVerifier<CallPerElement, CallPerElementFix>.Test { TestCode = source, FixedCode = source }.RunAsync();
}
