-- ¿Qué valores ofrece cada filtro? Una fila por filtro y valor. Un valor que tienen
-- enunciados reales y ficticios es uno solo.
select
    filtro,
    valor,
    min(etiqueta) as etiqueta
from lectura_opciones
where :solo_reales is null or not es_ficticio
group by filtro, valor
order by filtro, min(orden), min(orden_texto), valor
