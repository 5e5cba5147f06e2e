-- ¿Qué recomendaciones mostrar cuando no caben todas? Las primeras de cada tema, por
-- turnos, en el orden de los documentos: una fila por enunciado, hasta `limite`.
with turnos as (
    select
        s.*,
        row_number() over (
            partition by s.dialogo_id, s.tema_id order by s.posicion
        ) as turno
    from seleccion as s
    where s.naturaleza = 'recomendacion'
),

elegidas as (
    select *
    from turnos
    order by turno, posicion
    limit :limite
)

select
    enunciado_id,
    dialogo,
    tipo_nombre,
    texto,
    lugar
from elegidas
order by posicion
