using Chain.Data;

namespace Chain.Services;

public sealed class Greetings(ICustomerStore customers)
{
    public async Task<string> ForAsync(int customerId, CancellationToken ct)
    {
        var customer = await customers.FindAsync(customerId, ct);
        return $"Hello {customer?.Name}";
    }

    public string Anonymous() => "Hello";
}
