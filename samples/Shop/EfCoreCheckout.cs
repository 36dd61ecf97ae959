using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>Checkout on EF Core: writes that belong together.</summary>
public sealed class EfCoreCheckout(ShopContext db)
{
    /// <summary>An order of a product that does not exist is still there when its line fails.</summary>
    public async Task<Order> PlaceAsync(int customerId, int productId, CancellationToken cancellation)
    {
        var order = new Order { CustomerId = customerId };
        db.Orders.Add(order);
        await db.SaveChangesAsync(cancellation);

        var product = await db.Products.SingleAsync(p => p.Id == productId, cancellation);
        order.Cents = product.Cents;
        db.OrderLines.Add(new OrderLine { OrderId = order.Id, ProductId = product.Id, Quantity = 1 });
        await db.SaveChangesAsync(cancellation);
        return order;
    }

    /// <summary>Tells of a payment that is rolled back when the method ends.</summary>
    public async Task<Payment> PayAsync(Order order, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var payment = new Payment { OrderId = order.Id, Cents = order.Cents };
        db.Payments.Add(payment);
        await db.SaveChangesAsync(cancellation);
        return payment;
    }
}
