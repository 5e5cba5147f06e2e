-- ¿Qué se escribió, quién y cuándo? Una fila por renglón de la bitácora, del más nuevo,
-- hasta la `limite`. `antes` y `despues` llevan textos: quien los muestra dice solo qué
-- columnas cambiaron.
with pedidos as (
    select
        b.bitacora_id,
        b.momento
    from bitacora as b
    where
        (:de_quien is null or b.quien = :de_quien)
        and (:que_accion is null or b.accion = :que_accion)
        and (:desde_dia is null or cast(b.momento as date) >= :desde_dia)
        and (:hasta_dia is null or cast(b.momento as date) <= :hasta_dia)
    order by b.momento desc, b.bitacora_id desc
    limit :limite
)

select
    p.momento,
    b.quien,
    b.accion,
    b.tabla,
    b.clave,
    b.antes,
    b.despues
from pedidos as p
inner join bitacora as b on p.bitacora_id = b.bitacora_id
order by p.momento desc, p.bitacora_id desc
